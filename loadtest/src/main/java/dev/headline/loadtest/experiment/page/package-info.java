/** What a page costs: three small calls in parallel, over each way to make them. */
@NullMarked
package dev.headline.loadtest.experiment.page;

import org.jspecify.annotations.NullMarked;
