/**
 * The RPC governance library. There are two shapes: an {@link dev.headline.rpc.Endpoint} answers a
 * call, a {@link dev.headline.rpc.Middleware} surrounds one. A chain of them is composed for each
 * {@linkplain dev.headline.rpc.CallKey five-tuple}; a call passes from left to right and comes back
 * the same way.
 *
 * <pre>
 * client   Route → Fallback → Tracing → Metering → DeadlineBudget → Degrade
 *            → Retry            again, or twice at once, within one budget
 *                → ConcurrencyLimit → ServiceBreaker → PickInstance → InstanceBreaker
 *                → AttemptMetering → AttemptTracing → StampHeaders → Send
 *                                    ┊
 *                              TCP, Unix socket or in-process
 *                                    ┊
 * server       Metering → ReadHeaders → Tracing → MapErrors → AccessControl
 *                → LoadShedding → DropExpired → handler
 * </pre>
 *
 * <p>The two lists are {@code client.ClientStack} and {@code server.ServerStack}; each line there
 * says why it stands where it stands. What a link does is data, in {@link
 * dev.headline.rpc.policy.CallPolicy}. What came of it is in {@link
 * dev.headline.rpc.explain.Explanation}.
 */
@NullMarked
package dev.headline.rpc;

import org.jspecify.annotations.NullMarked;
