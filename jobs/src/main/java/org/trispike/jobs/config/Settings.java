package org.trispike.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trispike.datasets.UserError;

/**
 * The resolved configuration of a run: what {@code --set} says before what {@code --config} says,
 * before the presets that it includes, before the defaults. The environment takes part only where a
 * file names a variable.
 */
public final class Settings {
  /** Groups and keys that may differ between two runs that go on in one folder. */
  private static final List<String> FREE =
      List.of(
          "run.dir",
          "run.resume",
          "spark",
          "compute",
          "mlflow",
          "report",
          "ablate",
          "pretrain.averaging.through",
          "pretrain.averaging.driver-bytes",
          "teacher.clip.batch-size",
          "teacher.clip.threads",
          "teacher.clip.execution");

  private static final ConfigRenderOptions READABLE =
      ConfigRenderOptions.defaults().setOriginComments(false).setJson(false);
  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise();

  private final Reference reference;
  private final Config config;

  private Settings(Reference reference, Config config) {
    this.reference = reference;
    this.config = config;
  }

  /**
   * Reads and checks a configuration.
   *
   * @param file what {@code --config} names
   * @param sets {@code key=value} each, the last one wins
   * @throws UserError if a key is unknown, a value is of the wrong kind, or the file is no HOCON
   */
  public static Settings resolve(Optional<Path> file, List<String> sets) {
    return resolve(Reference.load(), file, sets);
  }

  static Settings resolve(Reference reference, Optional<Path> file, List<String> sets) {
    Config given = ConfigFactory.empty();
    if (file.isPresent()) {
      given = parse(file.get());
      reference.check(given, file.get().toString());
    }
    for (String set : sets) {
      Config one = parse(set, reference);
      reference.check(one, "--set " + set);
      given = one.withFallback(given);
    }
    try {
      return new Settings(reference, given.withFallback(reference.defaults()).resolve());
    } catch (ConfigException e) {
      throw UserError.usage("The configuration cannot be resolved: " + e.getMessage());
    }
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw UserError.usage("--config " + file + " is not there; presets are in conf/");
    }
    try {
      // The reader would take a missing include for an empty one.
      return ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
          .resolve();
    } catch (ConfigException e) {
      throw UserError.usage(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Config parse(String set, Reference reference) {
    int equals = set.indexOf('=');
    if (equals < 1) {
      throw UserError.usage("--set wants key=value, not '" + set + "'");
    }
    String key = set.substring(0, equals).strip();
    String value = set.substring(equals + 1).strip();
    try {
      ConfigUtil.splitPath(key);
      if (reference.isText(key)) {
        return ConfigValueFactory.fromAnyRef(unquoted(value)).atPath(key);
      }
      return ConfigFactory.parseString("value = " + value).getValue("value").atPath(key);
    } catch (ConfigException e) {
      throw UserError.usage("--set " + set + " cannot be read: " + e.getMessage());
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The resolved configuration itself, for the {@code from(Config)} of the actions' records. */
  public Config config() {
    return config;
  }

  /**
   * The same with more said.
   *
   * @param sets {@code key=value} each, as {@code --set} takes them
   */
  public Settings with(List<String> sets) {
    Config changed = config;
    for (String set : sets) {
      Config one = parse(set, reference);
      reference.check(one, set);
      changed = one.withFallback(changed);
    }
    return new Settings(reference, changed);
  }

  /** The same with another value for one key. */
  public Settings with(String key, String value) {
    return new Settings(reference, config.withValue(key, ConfigValueFactory.fromAnyRef(value)));
  }

  /** HOCON with each setting's sentence as a comment; reading it again gives an equal value. */
  public String render() {
    Config commented = config;
    for (Setting setting : reference.settings()) {
      ConfigOrigin origin =
          ConfigOriginFactory.newSimple().withComments(List.of(" " + setting.meaning()));
      ConfigValue value = config.getValue(setting.key()).withOrigin(origin);
      commented = commented.withValue(setting.key(), value);
    }
    return commented.root().render(READABLE);
  }

  /** SHA-256 of the values that decide a run's result. */
  public String hash() {
    byte[] bytes = decisive(config).root().render(CONCISE).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** What differs in {@code other} and decides a result, in the order of the keys. */
  public List<Difference> differences(Config other) {
    Config mine = decisive(config);
    Config theirs = decisive(other);
    Set<String> keys = new TreeSet<>();
    mine.entrySet().forEach(entry -> keys.add(entry.getKey()));
    theirs.entrySet().forEach(entry -> keys.add(entry.getKey()));
    List<Difference> differences = new ArrayList<>();
    for (String key : keys) {
      String here = value(mine, key);
      String there = value(theirs, key);
      if (!here.equals(there)) {
        differences.add(new Difference(key, there, here));
      }
    }
    return differences;
  }

  /**
   * A setting on which two configurations disagree.
   *
   * @param there its value in the other configuration
   * @param here its value in this one
   */
  public record Difference(String key, String there, String here) {
    @Override
    public String toString() {
      return key + " = " + there + " there, " + here + " now";
    }
  }

  private static Config decisive(Config config) {
    Config rest = config;
    for (String key : FREE) {
      rest = rest.withoutPath(key);
    }
    return rest;
  }

  private static String value(Config config, String key) {
    return config.entrySet().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(Map.Entry::getValue)
        .map((ConfigValue value) -> value.render(CONCISE))
        .findFirst()
        .orElse("unset");
  }
}
