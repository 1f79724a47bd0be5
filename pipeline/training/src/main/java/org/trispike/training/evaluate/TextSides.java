package org.trispike.training.evaluate;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.Teacher;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.Teachers;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.training.classes.ClassPrompts;

/** Finds the teacher of a model again: whole, if it lies near the model, or its text side. */
final class TextSides {
  static final String EMBEDDED = TeacherConfig.Kind.EMBEDDED.word();

  private final Configuration conf;
  private final TeacherConfig config;
  private final String dataset;

  /**
   * @param dataset a dataset whose teacher may be the model's
   */
  TextSides(Configuration conf, TeacherConfig config, String dataset) {
    this.conf = conf;
    this.config = config;
    this.dataset = dataset;
  }

  /** The folder of the model's own teacher, image side included. */
  Optional<String> folder(ModelFiles files, SpikingModel model) {
    if (model.teacher().isEmpty()) {
      return Optional.empty();
    }
    Path parent = new Path(files.folder()).getParent();
    List<String> places =
        List.of(
            files.folder() + "/" + Teachers.FOLDER,
            (parent == null ? "." : parent.toString()) + "/embedded/" + Teachers.FOLDER,
            dataset + "/" + Teachers.FOLDER);
    for (String place : places) {
      if (Teachers.isAt(conf, place)) {
        try (Teacher teacher = Teachers.open(conf, place)) {
          if (teacher.id().equals(model.teacher().get().id())) {
            return Optional.of(place);
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What makes vectors of texts in the model's space.
   *
   * @throws UserError if the model cannot take classes, or its teacher is not to be had here
   */
  TextSide of(ModelFiles files, SpikingModel model) {
    Alignment alignment =
        model
            .alignment()
            .orElseThrow(
                () ->
                    UserError.data(
                        files.folder()
                            + " has no alignment.safetensors, which classes that are not its own"
                            + " need. Nothing was written"));
    TeacherRef teacher =
        model
            .teacher()
            .orElseThrow(
                () ->
                    UserError.data(
                        files.folder()
                            + " does not name its teacher, so that other classes cannot be"
                            + " embedded. Nothing was written"));
    int dimension = alignment.textWeight().shape()[1];
    TextSide side = side(files, model, teacher, dimension);
    if (side.dimension() != dimension) {
      throw UserError.data(
          "The teacher's vectors have "
              + side.dimension()
              + " numbers, those that "
              + files.folder()
              + " was trained on "
              + dimension
              + ". Nothing was written");
    }
    return side;
  }

  /** What the text tower of a model costs that has one; none where only its vectors are known. */
  Optional<TextTower> tower(Contender contender) {
    SpikingModel model = contender.model();
    boolean known = model.teacher().map(t -> t.kind().equals(EMBEDDED)).orElse(false);
    return known ? TextTower.of(TextSide.embedded(), model.classes()) : Optional.empty();
  }

  private TextSide side(ModelFiles files, SpikingModel model, TeacherRef teacher, int dimension) {
    if (teacher.kind().equals(EMBEDDED)) {
      TextSide side = TextSide.embedded();
      String expected = model.provenance().getOrDefault(ClassPrompts.TEXT_SIDE, side.id());
      if (!side.id().equals(expected)) {
        throw UserError.data(
            files.folder()
                + " was trained with the text encoder "
                + expected
                + ", this program has "
                + side.id()
                + ". Nothing was written");
      }
      return side;
    }
    if (config.names().isEmpty()) {
      Optional<String> folder = folder(files, model);
      if (folder.isPresent()) {
        try (Teacher open = Teachers.open(conf, folder.get())) {
          return TextSide.of(open);
        }
      }
      throw UserError.usage(
          "The teacher of "
              + files.folder()
              + " is known by its vectors alone: give those of the classes with teacher.names and"
              + " teacher.vectors. Nothing was written");
    }
    return TextSide.precomputed(conf, config, dimension);
  }
}
