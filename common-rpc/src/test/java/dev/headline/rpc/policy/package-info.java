@NullMarked
package dev.headline.rpc.policy;

import org.jspecify.annotations.NullMarked;
