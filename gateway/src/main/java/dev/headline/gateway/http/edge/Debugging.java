package dev.headline.gateway.http.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients may learn of our insides: the properties under {@code headline.gateway.debug}.
 *
 * @param ledger whether one that asks is told which services took how much of its request's time
 */
@ConfigurationProperties("headline.gateway.debug")
public record Debugging(@DefaultValue("false") boolean ledger) {}
