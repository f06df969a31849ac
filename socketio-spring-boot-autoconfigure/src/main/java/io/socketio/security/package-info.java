/**
 * Spring Security: authentication by the CONNECT payload, the security context of
 * handlers, and matchers for the endpoint.
 */
@NullMarked
package io.socketio.security;

import org.jspecify.annotations.NullMarked;
