package dev.headline.gateway.http;

import dev.headline.gateway.http.query.Explain;
import dev.headline.rpc.load.LoadAnalysis;
import dev.headline.rpc.load.LoadPlan;
import dev.headline.rpc.load.Loaded;
import dev.headline.rpc.load.PlanExplanation;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is made.
 *
 * @param plan what is loaded, and what needs what
 * @param analysis what happened, and when; null if nothing did
 */
record Explanation(PlanExplanation plan, @Nullable LoadAnalysis analysis) {

  static Explanation of(LoadPlan<?> plan) {
    return new Explanation(plan.explain(), null);
  }

  /** What happened, if somebody wants to know. */
  static @Nullable Explanation of(Explain asked, Loaded loaded) {
    return switch (asked) {
      case NOTHING -> null;
      case PLAN, ANALYZE -> new Explanation(loaded.plan().explain(), loaded.explain());
    };
  }
}
