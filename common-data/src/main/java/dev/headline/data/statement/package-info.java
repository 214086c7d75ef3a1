/** What holds for every statement: it ends with its request, and its failure has a meaning. */
@NullMarked
package dev.headline.data.statement;

import org.jspecify.annotations.NullMarked;
