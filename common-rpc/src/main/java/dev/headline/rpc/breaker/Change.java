package dev.headline.rpc.breaker;

/**
 * That a state has changed, as a decision.
 *
 * @param outcome what it is now, in one or two words from a small set
 * @param reason why, in a sentence
 */
public record Change(String outcome, String reason) {}
