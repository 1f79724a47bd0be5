package org.trispike.training.evaluate;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.TeacherConfig.Kind;
import org.trispike.datasets.teacher.Teachers;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.training.classes.ClassPrompts;

/** Finds the teacher of a model again: whole, if it lies near the model, or its text side. */
public final class TextSides {
  private final Configuration conf;
  private final TeacherConfig config;
  private final String dataset;

  /**
   * @param dataset a dataset whose teacher may be the model's
   */
  public TextSides(Configuration conf, TeacherConfig config, String dataset) {
    this.conf = conf;
    this.config = config;
    this.dataset = dataset;
  }

  /** Where the model's own teacher is to be had. */
  ModelTeacher find(ModelFiles files, SpikingModel model) {
    String kind = model.teacher().map(TeacherRef::kind).orElse("");
    return new ModelTeacher(kind, folder(files, model).orElse(""), config);
  }

  private Optional<String> folder(ModelFiles files, SpikingModel model) {
    if (model.teacher().isEmpty()) {
      return Optional.empty();
    }
    Path parent = new Path(files.folder()).getParent();
    return Stream.of(
            files.folder() + "/" + Teachers.FOLDER,
            (parent == null ? "." : parent.toString()) + "/embedded/" + Teachers.FOLDER,
            dataset + "/" + Teachers.FOLDER)
        .filter(place -> Teachers.isAt(conf, place))
        .filter(place -> Teachers.id(conf, place).equals(model.teacher().get().id()))
        .findFirst();
  }

  /**
   * What makes vectors of texts in the model's space. The caller closes it.
   *
   * @throws UserError if the model cannot take classes, or its teacher is not to be had here
   */
  public TextSide of(ModelFiles files, SpikingModel model) {
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
      side.close();
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
    boolean known = find(contender.files(), model).is(Kind.EMBEDDED);
    return known ? TextTower.of(TextSide.embedded(), model.classes()) : Optional.empty();
  }

  private TextSide side(ModelFiles files, SpikingModel model, TeacherRef teacher, int dimension) {
    ModelTeacher found = find(files, model);
    if (found.is(Kind.EMBEDDED)) {
      String own = model.provenance().getOrDefault(ClassPrompts.TEXT_SIDE, "");
      return own.isEmpty() ? TextSide.embedded() : same(TextSide.embedded(), own, files);
    }
    if (found.is(Kind.CLIP_ONNX)) {
      return same(found.texts(conf).orElseThrow(() -> lost(files, teacher)), teacher.id(), files);
    }
    if (config.names().isEmpty()) {
      return found
          .texts(conf)
          .orElseThrow(
              () ->
                  UserError.usage(
                      "The teacher of "
                          + files.folder()
                          + " is known by its vectors alone: give those of the classes with"
                          + " teacher.names and teacher.vectors. Nothing was written"));
    }
    return TextSide.precomputed(conf, config, dimension);
  }

  private static UserError lost(ModelFiles files, TeacherRef teacher) {
    return UserError.usage(
        "The teacher "
            + teacher.id()
            + " of "
            + files.folder()
            + " lies neither in teacher/ of that folder nor in embedded/teacher/ beside it. Nothing"
            + " was written. Put its folder there, or name its files: teacher.kind = clip-onnx and"
            + " teacher.clip.*");
  }

  private static TextSide same(TextSide side, String expected, ModelFiles files) {
    if (!side.id().equals(expected)) {
      side.close();
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
}
