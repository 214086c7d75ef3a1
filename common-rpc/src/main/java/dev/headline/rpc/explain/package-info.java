/** Why calls go the way they go: policies, chains, states and decisions, in words for people. */
@NullMarked
package dev.headline.rpc.explain;

import org.jspecify.annotations.NullMarked;
