package org.trispike.training.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Attention;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.PointFormerSpec;

/** An encoder's specification as JSON: in a graph's configuration, and in a checkpoint. */
public final class EncoderSpecs {
  private EncoderSpecs() {}

  public static Map<String, Object> toMap(EncoderSpec spec) {
    Neuron neuron = spec.neuron();
    VoxelSpec voxels = spec.voxels();
    PointFormerSpec pointFormer = spec.pointFormer();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", spec.name());
    map.put("output_width", spec.outputWidth());
    map.put("activation", spec.activation());
    map.put("steps", spec.steps());
    map.put("levels", neuron.levels());
    map.put("decay", neuron.decay());
    map.put("rounding", neuron.rounding());
    map.put("window", neuron.window());
    map.put("normalised", neuron.normalised());
    map.put("voxel_size", voxels.voxelSize());
    map.put("origin", voxels.origin());
    map.put("duplicates", voxels.duplicates());
    map.put("groups", pointFormer.groups());
    map.put("neighbours", pointFormer.neighbours());
    map.put("depth", pointFormer.depth());
    map.put("attention", pointFormer.attention());
    return map;
  }

  /** Of what {@link #toMap} gave; throws IllegalArgumentException if something is missing. */
  public static EncoderSpec of(Map<String, Object> map) {
    return new EncoderSpec(
        text(map, "name"),
        number(map, "output_width").intValue(),
        Activation.valueOf(text(map, "activation")),
        new Neuron(
            number(map, "levels").intValue(),
            number(map, "decay").floatValue(),
            Neuron.Rounding.valueOf(text(map, "rounding")),
            Neuron.Window.valueOf(text(map, "window")),
            Boolean.parseBoolean(text(map, "normalised"))),
        number(map, "steps").intValue(),
        new VoxelSpec(
            number(map, "voxel_size").floatValue(),
            VoxelSpec.Origin.valueOf(text(map, "origin")),
            VoxelSpec.Duplicates.valueOf(text(map, "duplicates"))),
        pointFormer(map));
  }

  /** Checkpoints of before there were PointFormers say nothing of one. */
  private static PointFormerSpec pointFormer(Map<String, Object> map) {
    if (!map.containsKey("groups")) {
      return PointFormerSpec.standard();
    }
    return new PointFormerSpec(
        number(map, "groups").intValue(),
        number(map, "neighbours").intValue(),
        number(map, "depth").intValue(),
        Attention.valueOf(text(map, "attention")));
  }

  static String toJson(EncoderSpec spec) {
    return Json.writeCompact(toMap(spec));
  }

  static EncoderSpec parse(String json) {
    return of(parseMap(json));
  }

  static Map<String, Object> parseMap(String json) {
    try {
      return Json.parseObject(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException("Not a specification: " + json, e);
    }
  }

  private static String text(Map<String, Object> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException("The specification has no " + key);
    }
    return value.toString();
  }

  private static Number number(Map<String, Object> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("The specification has no number " + key);
  }
}
