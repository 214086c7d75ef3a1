package dev.headline.rpc;

import dev.headline.rpc.discovery.Instance;
import io.grpc.ManagedChannel;

/**
 * An instance, and the channel that leads to it. There is one for each instance that a client
 * knows, so that a pick is a pick of a connection.
 *
 * @param instance who answers
 * @param channel leads to that instance and to no other
 * @param health what the calls there say of the instance
 */
public record Connection(Instance instance, ManagedChannel channel, Health health) {}
