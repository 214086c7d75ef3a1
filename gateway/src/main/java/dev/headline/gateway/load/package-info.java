/**
 * What can be loaded for an answer, and what each part needs: one graph for each kind of answer.
 */
@NullMarked
package dev.headline.gateway.load;

import org.jspecify.annotations.NullMarked;
