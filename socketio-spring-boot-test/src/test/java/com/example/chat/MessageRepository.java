package com.example.chat;

import java.util.concurrent.atomic.AtomicInteger;

import com.example.chat.ChatController.ChatMessage;
import org.springframework.stereotype.Repository;

@Repository
class MessageRepository {

	private final AtomicInteger count = new AtomicInteger();

	String save(ChatMessage message) {
		return "m" + this.count.incrementAndGet();
	}

}
