package dev.headline.rpc.server;

import dev.headline.rpc.Path;

/**
 * The way of one five-tuple into a server, as one policy table wants it.
 *
 * @param door where it is decided whether a call is let in
 * @param path what it passes then
 */
record Way(Door door, Path path) {}
