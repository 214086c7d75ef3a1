/**
 * The services behind the gateway, each as loaders and calls in its own words. Every call runs
 * under the deadline and the cancellation of the request that it is made for, and fails with an
 * {@link dev.headline.rpc.RpcException}.
 */
@NullMarked
package dev.headline.gateway.rpc;

import org.jspecify.annotations.NullMarked;
