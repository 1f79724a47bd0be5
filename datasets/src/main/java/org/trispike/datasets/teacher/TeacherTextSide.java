package org.trispike.datasets.teacher;

import java.util.List;
import java.util.OptionalLong;

/** The texts of a teacher whose tower's cost is not known, or that has none. */
final class TeacherTextSide implements TextSide {
  private final Teacher teacher;

  TeacherTextSide(Teacher teacher) {
    this.teacher = teacher;
  }

  @Override
  public String id() {
    return teacher.id();
  }

  @Override
  public int dimension() {
    return teacher.dimension();
  }

  @Override
  public float[] embed(String text) {
    return teacher.embedTexts(List.of(text))[0];
  }

  @Override
  public OptionalLong macs(String text) {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong tokens(String text) {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong weights() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    teacher.close();
  }
}
