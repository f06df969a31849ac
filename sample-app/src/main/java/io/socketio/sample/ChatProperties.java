package io.socketio.sample;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the chat.
 *
 * @param rooms names of the rooms; the first is where people arrive
 * @param historySize number of messages kept for each room
 * @param awayFor how long somebody whose connection broke is shown as away
 */
@ConfigurationProperties("chat")
record ChatProperties(@DefaultValue("lobby") List<String> rooms, @DefaultValue("100") int historySize,
		@DefaultValue("2m") Duration awayFor) {

}
