package org.trispike.training.classes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.RepVli;

/** Templates times names: the prompts of a class, and the one vector that stands for them. */
public final class ClassPrompts {
  /** The key under which a model's provenance holds its templates, as a JSON list of texts. */
  public static final String TEMPLATES = "templates";

  /** The key under which a model's provenance holds the id of its teacher's text side. */
  public static final String TEXT_SIDE = "teacher.text-side";

  /** What a template has in the place of the name. */
  public static final String PLACE = "{}";

  private ClassPrompts() {}

  /**
   * The classes with their prompts: each name in each template, name after name.
   *
   * @param templates such as {@code "a 3D model of {}"}; none is the same as {@code "{}"}
   * @throws UserError if a template has no place for the name
   */
  public static List<ModelClass> of(ClassList list, List<String> templates) {
    for (String template : templates) {
      if (!template.contains(PLACE)) {
        throw UserError.usage(
            "A template has {} in the place of the name, '" + template + "' has none");
      }
    }
    List<String> used = templates.isEmpty() ? List.of(PLACE) : templates;
    List<ModelClass> classes = new ArrayList<>();
    for (NamedClass named : list.classes()) {
      List<String> prompts = new ArrayList<>();
      for (String name : named.names()) {
        used.forEach(template -> prompts.add(template.replace(PLACE, name)));
      }
      classes.add(new ModelClass(named.name(), prompts.stream().distinct().toList()));
    }
    return classes;
  }

  /** The vector of each class: the mean of its prompts' unit vectors, see {@link RepVli#mean}. */
  public static List<float[]> embed(List<ModelClass> classes, TextSide teacher) {
    Map<String, float[]> known = new HashMap<>();
    List<float[]> vectors = new ArrayList<>();
    for (ModelClass named : classes) {
      vectors.add(
          RepVli.mean(
              named.prompts().stream()
                  .map(prompt -> known.computeIfAbsent(prompt, teacher::embed))
                  .toList()));
    }
    return vectors;
  }

  /** The templates of a model's provenance; {@code fallback} where it says nothing of them. */
  public static List<String> templates(Map<String, String> provenance, List<String> fallback) {
    String text = provenance.get(TEMPLATES);
    if (text == null) {
      return fallback;
    }
    try {
      if (Json.parse(text) instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
    } catch (JsonException e) {
      throw new UserError(UserError.Kind.DATA, unusable(text), e);
    }
    throw UserError.data(unusable(text));
  }

  private static String unusable(String text) {
    return "The model's provenance has templates that are no list of texts: " + text;
  }
}
