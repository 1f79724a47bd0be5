package org.trispike.training.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;

/**
 * A model with the classes that are asked of it.
 *
 * @param files of its folder, with the head for these classes
 * @param fresh whether that head was made now
 */
record Contender(ModelFiles files, SpikingModel model, boolean fresh) {

  /**
   * Gives a model the asked classes: its own head if it has just these, else a new one.
   *
   * @param asked absent: the model's own classes
   */
  static Contender of(
      ModelFiles files, Optional<ClassList> asked, List<String> templates, TextSides teachers) {
    SpikingModel model = files.model();
    if (asked.isEmpty()) {
      return new Contender(files, model, false);
    }
    List<ModelClass> classes =
        ClassPrompts.of(asked.get(), ClassPrompts.templates(model.provenance(), templates));
    if (new HashSet<>(classes).equals(new HashSet<>(model.classes()))) {
      return new Contender(files, model, false);
    }
    try (TextSide teacher = teachers.of(files, model)) {
      SpikingModel other =
          model.withoutClasses().withClasses(classes, ClassPrompts.embed(classes, teacher));
      return new Contender(files.with(other), other, true);
    }
  }
}
