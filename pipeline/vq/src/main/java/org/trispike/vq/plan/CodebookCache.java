package org.trispike.vq.plan;

import java.util.EnumMap;
import java.util.Map;
import org.trispike.vq.TrainedCodebooks;

/**
 * The codebook cache as a kernel has it, executed on the host: what generated code must do, and how
 * often each tier answers. There are no tags and nothing is evicted: a code's size says where its
 * entry is.
 */
public final class CodebookCache {
  private final TrainedCodebooks global;
  private final Boundaries boundaries;
  private final Map<Tier, Long> hits = new EnumMap<>(Tier.class);
  private int codebook;
  private int round;
  private float[] registers;
  private float[] shared;

  /** Load: stages the first entries of a codebook. */
  public CodebookCache(TrainedCodebooks codebooks, int codebook, int round, Boundaries boundaries) {
    this.global = codebooks;
    this.boundaries = boundaries;
    switchTo(codebook, round);
  }

  /** Switch: stages the first entries of another codebook. */
  public void switchTo(int nextCodebook, int nextRound) {
    codebook = nextCodebook;
    round = nextRound;
    int length = global.vectorLength();
    float[] table = global.table(codebook, round);
    int inRegisters = Math.min(boundaries.registers(), global.entries());
    int inShared = Math.min(boundaries.shared(), global.entries()) - inRegisters;
    registers = new float[inRegisters * length];
    shared = new float[inShared * length];
    System.arraycopy(table, 0, registers, 0, registers.length);
    System.arraycopy(table, registers.length, shared, 0, shared.length);
  }

  /** Access: writes the entry of {@code code} to {@code target[at]} on, from the tier it is in. */
  public void access(int code, float[] target, int at) {
    int length = global.vectorLength();
    Tier tier = boundaries.tier(code);
    switch (tier) {
      case REGISTER -> System.arraycopy(registers, code * length, target, at, length);
      case SHARED -> System.arraycopy(shared, code * length - registers.length, target, at, length);
      case GLOBAL -> global.entry(codebook, round, code, target, at);
    }
    hits.merge(tier, 1L, Long::sum);
  }

  /** Look-ups that a tier has answered. */
  public long hits(Tier tier) {
    return hits.getOrDefault(tier, 0L);
  }
}
