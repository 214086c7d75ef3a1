@NullMarked
package dev.headline.rpc.words;

import org.jspecify.annotations.NullMarked;
