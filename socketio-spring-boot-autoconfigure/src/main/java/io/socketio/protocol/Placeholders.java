package io.socketio.protocol;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts attachments where a tree has their placeholders (section 2.3 of the protocol
 * notes).
 */
final class Placeholders {

	/** A mapper may allow any nesting; the stack of a thread does not. */
	private static final int MAX_DEPTH = 1000;

	private Placeholders() {
	}

	/**
	 * Replace the placeholders in a tree, in place.
	 * @param node the tree, which is no placeholder itself
	 * @param attachments the attachments by number
	 * @throws PacketFormatException if a placeholder has a number that no attachment has
	 */
	static void replace(JsonNode node, List<BinaryNode> attachments) throws PacketFormatException {
		replace(node, attachments, 0);
	}

	private static void replace(JsonNode node, List<BinaryNode> attachments, int depth) throws PacketFormatException {
		if (depth > MAX_DEPTH) {
			throw new PacketFormatException("invalid payload");
		}
		if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				JsonNode child = array.get(i);
				if (isPlaceholder(child)) {
					array.set(i, attachment(child, attachments));
				}
				else if (child.isContainer()) {
					replace(child, attachments, depth + 1);
				}
			}
		}
		else if (node instanceof ObjectNode object) {
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				JsonNode child = member.getValue();
				if (isPlaceholder(child)) {
					member.setValue(attachment(child, attachments));
				}
				else if (child.isContainer()) {
					replace(child, attachments, depth + 1);
				}
			}
		}
	}

	private static boolean isPlaceholder(JsonNode node) {
		return node instanceof ObjectNode && node.path("_placeholder").booleanValue(false);
	}

	private static BinaryNode attachment(JsonNode placeholder, List<BinaryNode> attachments)
			throws PacketFormatException {
		JsonNode number = placeholder.path("num");
		double index = number.isNumber() ? number.doubleValue(-1) : -1;
		if (!(index >= 0 && index < attachments.size() && index == Math.rint(index))) {
			throw new PacketFormatException("illegal attachments");
		}
		return attachments.get((int) index);
	}

}
