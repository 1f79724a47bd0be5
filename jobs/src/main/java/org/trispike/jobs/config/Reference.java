package org.trispike.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trispike.datasets.UserError;

/**
 * Every setting that there is: the {@code reference.conf} of each module, merged. A key that is not
 * in it, or a value of another kind than the default, is refused.
 */
public final class Reference {
  private static final ConfigRenderOptions CONCISE = ConfigRenderOptions.concise().setJson(false);

  private final Config defaults;

  private Reference(Config defaults) {
    this.defaults = defaults;
  }

  /** The settings of the modules on the class path. */
  public static Reference load() {
    return of(ConfigFactory.parseResources(Reference.class.getClassLoader(), "reference.conf"));
  }

  static Reference of(Config defaults) {
    return new Reference(defaults);
  }

  Config defaults() {
    return defaults;
  }

  /** All settings by their keys. */
  public List<Setting> settings() {
    Map<String, Setting> settings = new TreeMap<>();
    collect("", defaults.root(), settings);
    return List.copyOf(settings.values());
  }

  private static void collect(String group, ConfigObject object, Map<String, Setting> into) {
    object.forEach(
        (name, value) -> {
          String key = join(group, name);
          if (isGroup(value)) {
            collect(key, (ConfigObject) value, into);
          } else {
            String meaning =
                value.origin().comments().stream()
                    .map(String::strip)
                    .collect(Collectors.joining(" "));
            into.put(key, new Setting(key, value.render(CONCISE), meaning));
          }
        });
  }

  /** Whether the default under {@code key} is a text, so that a given value is taken literally. */
  boolean isText(String key) {
    return find(key).map(value -> value.valueType() == ConfigValueType.STRING).orElse(false);
  }

  /**
   * Refuses what is no setting.
   *
   * @param source names where {@code given} comes from
   * @throws UserError that names the nearest known key, or the kind of value that is wanted
   */
  void check(Config given, String source) {
    check("", given.root(), source);
  }

  private void check(String group, ConfigObject object, String source) {
    object.forEach(
        (name, value) -> {
          String key = join(group, name);
          ConfigValue known = find(key).orElseThrow(() -> unknown(key, source));
          if (isGroup(known)) {
            if (!(value instanceof ConfigObject inner)) {
              throw UserError.usage(
                  key + " is a group of settings, not a value; " + where(value, source));
            }
            check(key, inner, source);
          } else {
            checkKind(key, known, value, source);
          }
        });
  }

  private static void checkKind(String key, ConfigValue known, ConfigValue given, String source) {
    String wanted =
        switch (known.valueType()) {
          case NUMBER -> "a number";
          case BOOLEAN -> "true or false";
          case LIST -> "a list";
          default -> "a text";
        };
    if (!reads(key, known, given)) {
      throw UserError.usage(
          key
              + " is "
              + wanted
              + ", not "
              + given.render(ConfigRenderOptions.concise())
              + "; "
              + where(given, source));
    }
  }

  private static boolean reads(String key, ConfigValue known, ConfigValue given) {
    if (given.valueType() == ConfigValueType.NULL || given instanceof ConfigObject) {
      return false;
    }
    Config one = given.atPath(key);
    try {
      switch (known.valueType()) {
        case NUMBER -> one.getNumber(key);
        case BOOLEAN -> one.getBoolean(key);
        case LIST -> one.getList(key);
        default -> one.getString(key);
      }
      return true;
    } catch (ConfigException.WrongType e) {
      return false;
    }
  }

  private UserError unknown(String key, String source) {
    String nearest =
        Nearest.of(key, settings().stream().map(Setting::key).toList())
            .map(known -> "did you mean '" + known + "'?")
            .orElse("no known setting is like it.");
    return UserError.usage(
        "Unknown setting '"
            + key
            + "' in "
            + source
            + "; "
            + nearest
            + " Nothing was begun. 'trispike config --list' shows all settings");
  }

  private static String where(ConfigValue value, String source) {
    return value.origin().lineNumber() > 0
        ? source + ", line " + value.origin().lineNumber()
        : source;
  }

  private Optional<ConfigValue> find(String key) {
    ConfigValue value = defaults.root();
    for (String name : ConfigUtil.splitPath(key)) {
      value = value instanceof ConfigObject object ? object.get(name) : null;
    }
    return Optional.ofNullable(value);
  }

  /** A filled object is a group; an empty one would be a setting whose value is a table. */
  private static boolean isGroup(ConfigValue value) {
    return value instanceof ConfigObject object && !object.isEmpty();
  }

  private static String join(String group, String name) {
    String quoted = ConfigUtil.joinPath(name);
    return group.isEmpty() ? quoted : group + "." + quoted;
  }
}
