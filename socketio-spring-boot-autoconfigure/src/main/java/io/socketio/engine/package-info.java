/**
 * Engine.IO revision 4: sessions, heartbeat, transports and the upgrade between them.
 */
@NullMarked
package io.socketio.engine;

import org.jspecify.annotations.NullMarked;
