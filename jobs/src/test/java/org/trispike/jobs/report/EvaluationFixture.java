package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** The two files of an evaluation, as the format describes them. */
final class EvaluationFixture {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int POINTS = 2048;

  private EvaluationFixture() {}

  static ObjectNode json(double top1, double energy) {
    List<String> classes = RunFixture.CLASSES;
    ObjectNode root = MAPPER.createObjectNode().put("format_version", 1).put("rotations", 4);
    root.putObject("model")
        .put("folder", "runs/solids/model")
        .put("network", "e3dsnn-t")
        .put("activation", "spiking")
        .put("parameters", 1_884_736)
        .put("teacher", "minilm-tower-1");
    root.putObject("data")
        .put("source", "validation split of 0f3a77b1c2de")
        .put("shapes", 64)
        .put("quarantined", 1)
        .put("unlabelled", 2);
    root.set("zero_shot", scores(top1));
    root.set("neighbour", scores(0.7031).put("references", 224));
    root.putObject("twin").put("energy_mj_per_shape", 0.913).set("zero_shot", scores(0.8906));
    ObjectNode retrieval = root.putObject("retrieval");
    retrieval.putObject("text").put("candidates", 58).put("r1", 0.42).put("r5", 0.81).put("r10", 1);
    ObjectNode bank = root.putObject("bank").put("names", 262_144).put("shapes", 61);
    bank.put("top1", 0.5).put("top3", 0.75).put("top5", 0.8125);
    bank.put("recall_at_1", 0.984375).put("compared", 64);
    bank.putObject("exact").put("top1", 0.515625).put("top3", 0.75).put("top5", 0.8125);
    ArrayNode list = root.putArray("classes");
    ObjectNode confusion = root.putObject("confusion");
    ArrayNode names = confusion.putArray("classes");
    ArrayNode counts = confusion.putArray("counts");
    for (int i = 0; i < classes.size(); i++) {
      list.addObject().put("name", classes.get(i)).put("shapes", 8).put("top1", 1 - 0.07 * i);
      names.add(classes.get(i));
      ArrayNode row = counts.addArray();
      for (int j = 0; j < classes.size(); j++) {
        row.add(i == j ? 8 - i / 2 : j == (i + 3) % classes.size() ? i / 2 : 0);
      }
    }
    list.addObject().put("name", "wedge").put("shapes", 0).putNull("top1");
    layers(root.putArray("layers"));
    ObjectNode cost = root.putObject("energy").put("shapes", 64);
    cost.put("macs_per_shape", 1.28e6).put("acs_per_shape", 3.91e7);
    cost.put("energy_mj_per_shape", energy).put("ann_energy_mj_per_shape", 0.8841);
    cost.putObject("text_tower")
        .put("parameters", 22_713_216)
        .put("tokens", 9)
        .put("energy_mj", 1.9);
    return root.put("shapes_per_second", 41.7);
  }

  private static ObjectNode scores(double top1) {
    return MAPPER
        .createObjectNode()
        .put("shapes", 64)
        .put("top1", top1)
        .put("top3", Math.min(1, top1 + 0.08))
        .put("top5", Math.min(1, top1 + 0.11))
        .put("class_mean", top1 - 0.01);
  }

  private static void layers(ArrayNode layers) {
    for (int i = 0; i < 12; i++) {
      layers
          .addObject()
          .put("name", "stage" + (1 + i / 4) + ".block" + i % 4 + ".conv")
          .put("input", i == 0 ? "real" : "spikes")
          .put("pairs", 91_000.0 / (1 + i))
          .put("mean_integer", 0.61 - 0.02 * i)
          .put("firing_rate", 0.34 - 0.015 * i)
          .put("macs", i == 0 ? 1.28e6 : 0)
          .put("acs", i == 0 ? 0 : 5.2e6 / (1 + i))
          .put("energy_pj", i == 0 ? 5.9e6 : 4.7e6 / (1 + i / 3.0));
    }
  }

  static ObjectNode examples(int count) {
    ObjectNode root = MAPPER.createObjectNode().put("format_version", 1);
    ArrayNode list = root.putArray("examples");
    for (int i = 0; i < count; i++) {
      String truth = RunFixture.CLASSES.get(i);
      String guess = i == 4 ? "bipyramid" : truth;
      ObjectNode example =
          list.addObject()
              .put("id", "meshes/" + truth + "-07.glb")
              .put("caption", "a small red " + truth + " with rounded edges")
              .put("truth", truth)
              .put("points", Base64.getEncoder().encodeToString(ring(i)))
              .put("layout", "u16-xyz-u8-rgb");
      ArrayNode ranked = example.putArray("ranked");
      ranked.addObject().put("name", guess).put("share", 0.71);
      ranked.addObject().put("name", i == 4 ? truth : "capsule").put("share", 0.18);
      ranked.addObject().put("name", "cylinder").put("share", 0.06);
    }
    return root;
  }

  /** A torus whose tube is the thicker the greater {@code i}: all coordinates, then all colours. */
  private static byte[] ring(int i) {
    ByteBuffer out = ByteBuffer.allocate(9 * POINTS).order(ByteOrder.LITTLE_ENDIAN);
    double tube = 0.1 + 0.06 * i;
    for (int p = 0; p < POINTS; p++) {
      double around = 2 * Math.PI * (p * 0.6180339887498949 % 1);
      double across = 2 * Math.PI * p / POINTS;
      double radius = 1 - tube + tube * Math.cos(across);
      fraction(out, radius * Math.cos(around));
      fraction(out, radius * Math.sin(around));
      fraction(out, tube * Math.sin(across));
    }
    for (int p = 0; p < POINTS; p++) {
      out.put((byte) (60 + 30 * i)).put((byte) (90 + 127 * p / POINTS)).put((byte) (220 - 35 * i));
    }
    return out.array();
  }

  private static void fraction(ByteBuffer out, double value) {
    out.putShort((short) Math.round((value + 1) / 2 * 65535));
  }
}
