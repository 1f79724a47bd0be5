package org.trispike.vq.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.trispike.vq.CodebookScope;

/**
 * Which loops there are, which of them sum, and along which of them the codebook changes.
 *
 * @param all every loop
 * @param reduced loops that sum
 * @param switching loops along which another codebook begins
 */
public record AxisModel(Set<Axis> all, Set<Axis> reduced, Set<Axis> switching) {
  public AxisModel {
    all = Collections.unmodifiableSet(EnumSet.copyOf(all));
    reduced = Collections.unmodifiableSet(EnumSet.copyOf(reduced));
    switching =
        Collections.unmodifiableSet(
            switching.isEmpty() ? EnumSet.noneOf(Axis.class) : EnumSet.copyOf(switching));
  }

  /** Derived from the operation and from the tiles that share a codebook. */
  static AxisModel of(Problem problem) {
    Set<Axis> all = problem.op().axes();
    Set<Axis> reduced = problem.op().reduced();
    if (problem.op().onCache() && problem.config().rounds() == 1) {
      // The paper lists R for weights whatever their rounds, for caches not at all.
      all.remove(Axis.R);
      reduced.remove(Axis.R);
    }
    Set<Axis> switching = EnumSet.noneOf(Axis.class);
    CodebookScope scope = problem.config().scope();
    if (problem.config().rounds() > 1) {
      switching.add(Axis.R);
    }
    if (scope.down(problem.rows()) > 1) {
      switching.add(problem.op().onCache() ? Axis.T : Axis.N);
    }
    if (scope.across(problem.channels()) > 1) {
      switching.add(problem.op().onCache() ? Axis.C : Axis.M);
    }
    if (problem.heads() > 1 && scope.across(problem.columns()) > 1) {
      switching.add(Axis.H);
    }
    return new AxisModel(all, reduced, switching);
  }

  /** Where blocks of their own codebooks each have but a part of a sum. */
  public Set<Axis> globalReductions() {
    Set<Axis> both = EnumSet.noneOf(Axis.class);
    both.addAll(switching);
    both.retainAll(reduced);
    return both;
  }
}
