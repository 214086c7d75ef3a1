/**
 * What is said to a client whose request cannot be answered: always a problem document as in <a
 * href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>, and never a word about our insides.
 */
@NullMarked
package dev.headline.gateway.http.problem;

import org.jspecify.annotations.NullMarked;
