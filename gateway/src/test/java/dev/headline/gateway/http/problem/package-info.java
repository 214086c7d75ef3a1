/** Tests of what is said about failures. */
@NullMarked
package dev.headline.gateway.http.problem;

import org.jspecify.annotations.NullMarked;
