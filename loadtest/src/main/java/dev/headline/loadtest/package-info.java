/**
 * Load on a running platform: Gatling simulations in the open model, in which visitors arrive
 * whether or not earlier ones have been served. That is how real visitors behave, and a closed
 * model hides every overload.
 */
@NullMarked
package dev.headline.loadtest;

import org.jspecify.annotations.NullMarked;
