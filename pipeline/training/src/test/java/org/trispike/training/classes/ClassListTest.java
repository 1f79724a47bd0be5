package org.trispike.training.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.spiking.ModelClass;

final class ClassListTest {
  private static final Configuration CONF = new Configuration();

  @TempDir private Path folder;

  private ClassList read(String json) throws IOException {
    return ClassList.read(CONF, Files.writeString(folder.resolve("c.json"), json).toString());
  }

  private void refuses(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("c.json").toString())
        .hasMessageContaining(message);
  }

  @Test
  void keepsTheOrderOfClassesAndNames() throws IOException {
    ClassList list = read("\uFEFF{\"sofa\": [\"couch\", \" sofa \"], \"Äpfel\": [\"apple\"]}");
    assertThat(list.classes())
        .containsExactly(
            new NamedClass("sofa", List.of("couch", "sofa")),
            new NamedClass("Äpfel", List.of("Äpfel", "apple")));
    assertThat(list.indexOf("Äpfel")).isEqualTo(1);
    assertThat(list.indexOf("apple")).isEqualTo(-1);
  }

  @Test
  void refusesWhatIsNoListOfClassesByName() {
    refuses("[1]", "is no JSON object");
    refuses("{", "is no JSON object");
    refuses("{}", "it names no class");
    refuses("{\"\": [\"a\"]}", "a class has the empty name");
    refuses("{\"a\": []}", "'a' is no list of names");
    refuses("{\"a\": \"b\"}", "'a' is no list of names");
    refuses("{\"a\": [\"b\", 3]}", "'a' holds 3, which is no text");
    refuses("{\"a\": [\"b\", \" \"]}", "'a' holds an empty name");
    refuses("{\"a\": [\"b\", \"b\"]}", "'a' holds 'b' twice");
    refuses("{\"a\": [\"b\"], \"a\": [\"c\"]}", "a");
    refuses("{\"night_stand\": [\"b\"], \"night stand\": [\"c\"]}", "are the same class");
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> ClassList.read(CONF, folder.resolve("no.json").toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("There is no file of classes " + folder.resolve("no.json"));
  }

  @Test
  void categoriesAreClassesOfTheirOwnNamesButOtherIsNone() {
    ClassList list =
        ClassList.ofCategories(List.of("table", "night_stand", "", "other", "night stand"));
    assertThat(list.classes())
        .containsExactly(
            new NamedClass("night_stand", List.of("night stand")),
            new NamedClass("table", List.of("table")));
    assertThat(list.indexOf("night stand")).isZero();
    assertThat(list.indexOf("other")).isEqualTo(-1);
  }

  @Test
  void promptsAreAllNamesInAllTemplates() {
    ClassList list =
        new ClassList("here", List.of(new NamedClass("sofa", List.of("sofa", "couch"))));
    assertThat(ClassPrompts.of(list, List.of("a {}", "{} in 3D")))
        .containsExactly(
            new ModelClass("sofa", List.of("a sofa", "sofa in 3D", "a couch", "couch in 3D")));
    assertThat(ClassPrompts.of(list, List.of()).get(0).prompts()).containsExactly("sofa", "couch");
    assertThatThrownBy(() -> ClassPrompts.of(list, List.of("a thing")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'a thing' has none");
  }

  @Test
  void templatesComeFromTheModelBeforeTheSettings() {
    List<String> settings = List.of("a {}");
    assertThat(ClassPrompts.templates(Map.of(), settings)).isEqualTo(settings);
    assertThat(ClassPrompts.templates(Map.of("templates", "[\"{}\", \"one {}\"]"), settings))
        .containsExactly("{}", "one {}");
    assertThatThrownBy(() -> ClassPrompts.templates(Map.of("templates", "7"), settings))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no list of texts: 7");
  }
}
