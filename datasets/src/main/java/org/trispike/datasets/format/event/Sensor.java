package org.trispike.datasets.format.event;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** The pixels of an event camera. */
record Sensor(int width, int height) {
  static final Sensor DVS128 = new Sensor(128, 128);

  private record Named(String name, Sensor sensor) {}

  /** Cameras whose recordings name them and do not tell their size. */
  private static final List<Named> KNOWN =
      List.of(
          new Named("dvs128", DVS128),
          new Named("davis128", DVS128),
          new Named("davis208", new Sensor(208, 192)),
          new Named("davis240", new Sensor(240, 180)),
          new Named("davis346", new Sensor(346, 260)),
          new Named("davis640", new Sensor(640, 480)));

  /** A size that a file declares. */
  static Sensor declared(Source source, String width, String height) throws CorruptInputException {
    return of(source, side(source, width), side(source, height));
  }

  /** A size within the limits for pictures, since frames are made of it. */
  static Sensor of(Source source, int width, int height) throws CorruptInputException {
    boolean sides = Math.max(width, height) <= source.limits().imageSide();
    boolean fits = sides && (long) width * height <= source.limits().imagePixels();
    if (!fits) {
      throw source.bad(
          Reason.TOO_LARGE, "A sensor of %s x %s pixels is above the limit", width, height);
    }
    return new Sensor(width, height);
  }

  /** The size of a camera with this name, which may go on with its variant, as in DAVIS240C. */
  static Optional<Sensor> named(String camera) {
    String lower = camera.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(known -> lower.startsWith(known.name()))
        .map(Named::sensor)
        .findFirst();
  }

  private static int side(Source source, String text) throws CorruptInputException {
    boolean number = text.matches("\\d{1,5}") && Integer.parseInt(text) > 0;
    source.check(number, Reason.BAD_HEADER, "'%s' is no size of a sensor", Source.brief(text));
    return Integer.parseInt(text);
  }
}
