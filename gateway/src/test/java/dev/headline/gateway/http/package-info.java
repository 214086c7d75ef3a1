/** Tests of how answers are told. */
@NullMarked
package dev.headline.gateway.http;

import org.jspecify.annotations.NullMarked;
