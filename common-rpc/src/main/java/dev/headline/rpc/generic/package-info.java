/**
 * Calls without generated code: JSON in and JSON out, for any unary method of any service whose
 * descriptors are at hand. A {@link dev.headline.rpc.generic.Catalog} is what can be called, a
 * {@link dev.headline.rpc.generic.GenericClient} calls it, through the same chain as everybody
 * else.
 *
 * <p>The idea is the generic call of ByteDance's Kitex; the mapping between the two forms is
 * protobuf's own (ProtoJSON).
 */
@NullMarked
package dev.headline.rpc.generic;

import org.jspecify.annotations.NullMarked;
