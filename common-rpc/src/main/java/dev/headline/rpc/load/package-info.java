/**
 * The loader: composes an answer from many batched reads that need each other, each as early as its
 * keys are known. It is what Toutiao's "NeiHan Duanzi" calls its DAO component, as one checked
 * value.
 *
 * <p>A {@link dev.headline.rpc.load.LoadGraph} is all that can be loaded, a {@link
 * dev.headline.rpc.load.LoadPlan} is what one request wants of it, a {@link
 * dev.headline.rpc.load.LoadRunner} loads it, and {@link dev.headline.rpc.load.Loaded} is what
 * came, with the reason for whatever did not.
 */
@NullMarked
package dev.headline.rpc.load;

import org.jspecify.annotations.NullMarked;
