package dev.headline.rpc.policy;

import java.time.Duration;

/**
 * How the calls of one five-tuple are governed: one part for each concern. A value; two parts that
 * are equal govern alike, so whatever lives under one lives on when a new policy has an equal one.
 *
 * @param timeout how long a call and its parts may take
 * @param retry whether a call that failed is tried again
 * @param hedge whether a call that is slow is sent twice
 * @param budget what further attempts may cost
 * @param limit how many a client has out at a time
 * @param breaker when a client stops calling a service
 * @param ejection when a client passes over an instance
 * @param balance which instance answers
 * @param route which cluster a call goes to
 * @param degrade whether the call is left out on purpose
 * @param access whether the server lets the caller in
 * @param admission how many the server works on at a time
 * @param detail how much telemetry tells
 */
public record CallPolicy(
    TimeoutPolicy timeout,
    RetryPolicy retry,
    HedgePolicy hedge,
    BudgetPolicy budget,
    LimitPolicy limit,
    BreakerPolicy breaker,
    EjectionPolicy ejection,
    BalancePolicy balance,
    RoutePolicy route,
    DegradePolicy degrade,
    AccessPolicy access,
    AdmissionPolicy admission,
    Detail detail) {

  /** What holds where no rule says otherwise. */
  public static final CallPolicy DEFAULT =
      new CallPolicy(
          TimeoutPolicy.DEFAULT,
          RetryPolicy.DEFAULT,
          HedgePolicy.DEFAULT,
          BudgetPolicy.DEFAULT,
          LimitPolicy.DEFAULT,
          BreakerPolicy.DEFAULT,
          EjectionPolicy.DEFAULT,
          BalancePolicy.DEFAULT,
          RoutePolicy.DEFAULT,
          DegradePolicy.DEFAULT,
          AccessPolicy.DEFAULT,
          AdmissionPolicy.DEFAULT,
          Detail.DEFAULT);

  /** The standard policy with another limit for the whole call. */
  public static CallPolicy within(Duration total) {
    return DEFAULT.with(TimeoutPolicy.ofTotal(total));
  }

  /** The same with another time limits. */
  public CallPolicy with(TimeoutPolicy part) {
    return new CallPolicy(
        part, retry, hedge, budget, limit, breaker, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another rule for retries. */
  public CallPolicy with(RetryPolicy part) {
    return new CallPolicy(
        timeout, part, hedge, budget, limit, breaker, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another rule for hedges. */
  public CallPolicy with(HedgePolicy part) {
    return new CallPolicy(
        timeout, retry, part, budget, limit, breaker, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another budget. */
  public CallPolicy with(BudgetPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, part, limit, breaker, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another client limit. */
  public CallPolicy with(LimitPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, part, breaker, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another breaker. */
  public CallPolicy with(BreakerPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, part, ejection, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another rule for ejection. */
  public CallPolicy with(EjectionPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, part, balance, route, degrade, access,
        admission, detail);
  }

  /** The same with another way to balance. */
  public CallPolicy with(BalancePolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, part, route, degrade, access,
        admission, detail);
  }

  /** The same with another routes. */
  public CallPolicy with(RoutePolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, balance, part, degrade, access,
        admission, detail);
  }

  /** The same with another switch. */
  public CallPolicy with(DegradePolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, balance, route, part, access,
        admission, detail);
  }

  /** The same with another access. */
  public CallPolicy with(AccessPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, balance, route, degrade, part,
        admission, detail);
  }

  /** The same with another admission. */
  public CallPolicy with(AdmissionPolicy part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, balance, route, degrade, access,
        part, detail);
  }

  /** The same with another detail. */
  public CallPolicy with(Detail part) {
    return new CallPolicy(
        timeout, retry, hedge, budget, limit, breaker, ejection, balance, route, degrade, access,
        admission, part);
  }
}
