/** Calls one method of a running platform with JSON, for a person at a shell. */
@NullMarked
package dev.headline.allinone.call;

import org.jspecify.annotations.NullMarked;
