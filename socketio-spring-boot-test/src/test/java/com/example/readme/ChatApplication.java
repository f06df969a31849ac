package com.example.readme;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class ChatApplication {

}
