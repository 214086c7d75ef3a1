package dev.headline.rpc;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.CallMeter;

/**
 * What is known of a class of calls before one is made: resolved once for each five-tuple, so that
 * links look nothing up.
 *
 * @param key the five-tuple
 * @param policy how such calls are governed
 * @param meter where such calls are counted and timed
 * @param decisions what links decided on such calls lately
 */
public record Target(CallKey key, CallPolicy policy, CallMeter meter, Decisions decisions) {}
