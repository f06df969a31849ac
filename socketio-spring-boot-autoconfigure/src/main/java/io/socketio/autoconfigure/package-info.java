/**
 * Spring Boot auto-configuration.
 */
@NullMarked
package io.socketio.autoconfigure;

import org.jspecify.annotations.NullMarked;
