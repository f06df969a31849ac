/**
 * Routing of broadcasts between the nodes of a cluster; in memory for one node.
 */
@NullMarked
package io.socketio.adapter;

import org.jspecify.annotations.NullMarked;
