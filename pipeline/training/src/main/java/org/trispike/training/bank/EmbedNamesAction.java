package org.trispike.training.bank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.shard.ProgramVersion;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.training.classes.ClassPrompts;
import org.trispike.training.evaluate.ModelFiles;
import org.trispike.training.evaluate.TextSides;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankSpace;

/**
 * Makes a bank of class vectors of a text file of names: the rows that {@code reparameterize} would
 * give a model, far more of them. The driver holds the names, executors make the vectors.
 */
public final class EmbedNamesAction {
  private static final String FINGERPRINT = "fingerprint";
  private static final String EMPTY = "lines.empty";
  private static final String DUPLICATES = "lines.repeated";

  private final BankJob job;
  private final BankConfig config;
  private final ArtefactFolder folder;

  public EmbedNamesAction(SparkSession session, BankConfig config, Progress progress) {
    this.job = BankJob.of("embed-names", session, config, progress);
    this.config = config;
    this.folder = ArtefactFolder.of(job.hadoop(), config.output(), BankManifest.FILE);
  }

  private static NameList names(Configuration hadoop, BankConfig config) {
    if (config.names().isEmpty()) {
      throw UserError.usage("bank.names is missing, the file of names: --names FILE");
    }
    return NameList.read(hadoop, config.names());
  }

  /** What would be made, without making it. */
  public static String plan(Configuration hadoop, BankConfig config) {
    NameList list = names(hadoop, config);
    ModelFiles files = ModelFiles.read(hadoop, config.model());
    return new EmbedNamesResult(
            config.output(),
            "of " + files.folder(),
            list.names().size(),
            list.empty(),
            list.duplicates())
        .sentence();
  }

  /**
   * @throws UserError if names or model cannot be used, or the folder holds other work
   */
  public EmbedNamesResult run() {
    NameList list = names(job.hadoop(), config);
    ModelFiles files = ModelFiles.read(job.hadoop(), config.model());
    SpikingModel model = files.model();
    List<String> templates = ClassPrompts.templates(model.provenance(), config.templates());
    BankSpace space = space(files, model);
    Map<String, String> provenance = provenance(list, space, templates);
    ArtefactFolder.Claim claim =
        folder.claim(
            provenance.get(FINGERPRINT),
            BankStore.provenance(folder, FINGERPRINT),
            config.resume(),
            List.of());
    if (claim == ArtefactFolder.Claim.COMPLETE) {
      job.line(folder.root() + " is finished already");
      return result(BankStore.manifest(folder));
    }
    try {
      List<BankPart> parts = embed(list.names(), templates, files);
      BankManifest manifest =
          new BankManifest(
              space, config.precision() == Precision.FLOAT16, parts, Optional.empty(), provenance);
      folder.publish(manifest.json());
      EmbedNamesResult result = result(manifest);
      job.progress().finish(result.sentence());
      return result;
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  /** Where the rows will lie; finds out here rather than in a task if the teacher is missing. */
  private BankSpace space(ModelFiles files, SpikingModel model) {
    try (TextSide texts =
        new TextSides(job.hadoop(), config.teacher(), config.dataset()).of(files, model)) {
      Alignment alignment = model.alignment().orElseThrow();
      return new BankSpace(
          model.teacher().map(TeacherRef::id).orElseThrow(),
          alignment.projectionId(),
          alignment.width());
    }
  }

  private Map<String, String> provenance(NameList list, BankSpace space, List<String> templates) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(EMPTY, Integer.toString(list.empty()));
    provenance.put(DUPLICATES, Integer.toString(list.duplicates()));
    provenance.put("model", config.model());
    provenance.put("names", config.names());
    provenance.put("names.sha256", Sha256.of(String.join("\n", list.names())));
    provenance.put(ClassPrompts.TEMPLATES, Json.writeCompact(templates));
    provenance.put("program", ProgramVersion.text());
    provenance.put(
        FINGERPRINT,
        Sha256.of(
            String.join(
                "\n",
                provenance.get("names.sha256"),
                space.toString(),
                templates.toString(),
                config.precision().word())));
    return provenance;
  }

  private List<BankPart> embed(List<String> names, List<String> templates, ModelFiles files)
      throws IOException {
    List<EmbedNamesTask.Slice> slices = new ArrayList<>();
    for (int from = 0; from < names.size(); from += BankPart.ROWS) {
      int to = Math.min(from + BankPart.ROWS, names.size());
      slices.add(new EmbedNamesTask.Slice(slices.size(), List.copyOf(names.subList(from, to))));
    }
    Broadcast<ModelFiles> broadcast = job.spark().broadcast(files);
    try {
      EmbedNamesTask task =
          new EmbedNamesTask(config, templates, broadcast, folder.openTasks(), job.hadoop());
      return job.collect(
          job.each(slices, task), names.size() + " names of " + config.names(), "parts");
    } finally {
      broadcast.destroy();
    }
  }

  private EmbedNamesResult result(BankManifest manifest) {
    return new EmbedNamesResult(
        config.output(),
        manifest.id(),
        manifest.rows(),
        Integer.parseInt(manifest.provenance().get(EMPTY)),
        Integer.parseInt(manifest.provenance().get(DUPLICATES)));
  }
}
