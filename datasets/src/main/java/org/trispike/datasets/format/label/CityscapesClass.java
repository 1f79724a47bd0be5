package org.trispike.datasets.format.label;

import java.util.List;
import java.util.Optional;

/**
 * A class of Cityscapes. Its number is that of the label maps. Licence plates are never drawn into
 * maps and have none.
 *
 * @param id its number in label maps
 * @param name of it
 * @param trainId its number in training and evaluation; {@link #VOID} if it is left out of them
 * @param instances whether its objects are told apart
 */
public record CityscapesClass(int id, String name, int trainId, boolean instances) {
  /** The number of all that counts in no loss and no score. */
  public static final int VOID = 255;

  /** All of them, by number. Source: mcordts/cityscapesScripts, helpers/labels.py. */
  public static final List<CityscapesClass> ALL =
      List.of(
          new CityscapesClass(0, "unlabeled", VOID, false),
          new CityscapesClass(1, "ego vehicle", VOID, false),
          new CityscapesClass(2, "rectification border", VOID, false),
          new CityscapesClass(3, "out of roi", VOID, false),
          new CityscapesClass(4, "static", VOID, false),
          new CityscapesClass(5, "dynamic", VOID, false),
          new CityscapesClass(6, "ground", VOID, false),
          new CityscapesClass(7, "road", 0, false),
          new CityscapesClass(8, "sidewalk", 1, false),
          new CityscapesClass(9, "parking", VOID, false),
          new CityscapesClass(10, "rail track", VOID, false),
          new CityscapesClass(11, "building", 2, false),
          new CityscapesClass(12, "wall", 3, false),
          new CityscapesClass(13, "fence", 4, false),
          new CityscapesClass(14, "guard rail", VOID, false),
          new CityscapesClass(15, "bridge", VOID, false),
          new CityscapesClass(16, "tunnel", VOID, false),
          new CityscapesClass(17, "pole", 5, false),
          new CityscapesClass(18, "polegroup", VOID, false),
          new CityscapesClass(19, "traffic light", 6, false),
          new CityscapesClass(20, "traffic sign", 7, false),
          new CityscapesClass(21, "vegetation", 8, false),
          new CityscapesClass(22, "terrain", 9, false),
          new CityscapesClass(23, "sky", 10, false),
          new CityscapesClass(24, "person", 11, true),
          new CityscapesClass(25, "rider", 12, true),
          new CityscapesClass(26, "car", 13, true),
          new CityscapesClass(27, "truck", 14, true),
          new CityscapesClass(28, "bus", 15, true),
          new CityscapesClass(29, "caravan", VOID, true),
          new CityscapesClass(30, "trailer", VOID, true),
          new CityscapesClass(31, "train", 16, true),
          new CityscapesClass(32, "motorcycle", 17, true),
          new CityscapesClass(33, "bicycle", 18, true));

  /** The class of that name. */
  public static Optional<CityscapesClass> named(String name) {
    return ALL.stream().filter(each -> each.name.equals(name)).findFirst();
  }
}
