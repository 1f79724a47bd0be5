package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges facts by one question. */
interface Check {
  /** What it is called in its findings. */
  String name();

  List<Finding> of(Facts facts);

  /** Judges JVMs one by one; those of which the same is to be said share a finding. */
  static List<Finding> each(List<JvmFacts> jvms, Function<JvmFacts, Finding> judge) {
    Map<Finding, List<String>> places = new LinkedHashMap<>();
    for (JvmFacts jvm : jvms) {
      places.computeIfAbsent(judge.apply(jvm), finding -> new ArrayList<>()).add(jvm.place());
    }
    return places.entrySet().stream()
        .map(entry -> entry.getKey().at(joined(entry.getValue())))
        .toList();
  }

  private static String joined(List<String> places) {
    int shown = 4;
    int more = places.size() - shown;
    return places.stream().limit(shown).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
