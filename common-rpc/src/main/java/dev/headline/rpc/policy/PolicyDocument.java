package dev.headline.rpc.policy;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.words.Spelling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads rules from YAML: a list under {@code rules}, each with an optional {@code match} and the
 * settings that it makes. Says of each setting on which line it stands.
 *
 * {@snippet lang=yaml :
 * rules:
 *   - match: {to: content-service, method: BatchGet}
 *     timeout: {total: 500ms}
 *     hedge: off
 *     balance: {by: least-request}
 * }
 */
public final class PolicyDocument {

  /** A document with more characters is a mistake. */
  static final int LONGEST = 256 << 10;

  private static final List<String> MATCH =
      List.of("from", "from-cluster", "to", "to-cluster", "method");

  private final String name;

  private PolicyDocument(String name) {
    this.name = name;
  }

  /**
   * Reads a document.
   *
   * @param name what to call it when something comes from it
   * @param text its YAML; nothing but blanks and comments means no rules
   * @throws PolicyException if it is no such document; its values are checked by the table that the
   *     rules are put into
   */
  public static List<PolicyRule> read(String name, String text) {
    return new PolicyDocument(name).rules(text);
  }

  private List<PolicyRule> rules(String text) {
    Node root = compose(text);
    List<PolicyRule> rules = new ArrayList<>();
    if (root == null) {
      return rules;
    }
    for (NodeTuple entry : entries(root, "A document")) {
      if (!key(entry).equals("rules")) {
        throw wrong(entry.getKeyNode(), "a document has 'rules', not '%s'".formatted(key(entry)));
      }
      if (!(entry.getValueNode() instanceof SequenceNode list)) {
        throw wrong(entry.getValueNode(), "'rules' is a list");
      }
      list.getValue().forEach(rule -> rules.add(rule(rule)));
    }
    return rules;
  }

  private @Nullable Node compose(String text) {
    if (text.length() > LONGEST) {
      throw new PolicyException(name, "it has more than %d characters".formatted(LONGEST));
    }
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(10);
    try {
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw new PolicyException(
          "%s, line %d".formatted(name, e.getProblemMark().getLine() + 1),
          "it is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new PolicyException(name, "it is not YAML: " + e.getMessage());
    }
  }

  private PolicyRule rule(Node node) {
    PolicyMatch match = PolicyMatch.ALL;
    List<Setting> settings = new ArrayList<>();
    for (NodeTuple entry : entries(node, "A rule")) {
      if (key(entry).equals("match")) {
        match = match(entry.getValueNode());
      } else {
        flatten(key(entry), entry.getValueNode(), settings);
      }
    }
    if (settings.isEmpty()) {
      throw wrong(node, "the rule says nothing of the calls that it matches");
    }
    return new PolicyRule(match, settings);
  }

  private PolicyMatch match(Node node) {
    Map<String, String> fields = new HashMap<>();
    for (NodeTuple entry : entries(node, "'match'")) {
      String field = key(entry);
      if (!MATCH.contains(field)) {
        throw wrong(
            entry.getKeyNode(),
            "a rule matches by %s, not by '%s'%s"
                .formatted(String.join(", ", MATCH), field, Spelling.hint(field, MATCH)));
      }
      String value = scalar(entry.getValueNode(), field);
      if (!field.equals("method") && !CallKey.isName(value)) {
        throw wrong(
            entry.getValueNode(),
            "%s is named by 1 to 63 of a-z, 0-9 and '-', but this is '%s'".formatted(field, value));
      }
      fields.put(field, value);
    }
    return new PolicyMatch(
        fields.get("from"),
        fields.get("from-cluster"),
        fields.get("to"),
        fields.get("to-cluster"),
        fields.get("method"));
  }

  private void flatten(String path, Node node, List<Setting> settings) {
    if (node instanceof MappingNode) {
      for (NodeTuple entry : entries(node, path)) {
        flatten(path + "." + key(entry), entry.getValueNode(), settings);
      }
      return;
    }
    settings.add(new Setting(path, scalar(node, path), place(node)));
  }

  private List<NodeTuple> entries(Node node, String what) {
    if (node instanceof MappingNode mapping) {
      refuseTwice(mapping.getValue());
      return mapping.getValue();
    }
    throw wrong(node, what + " is a group of 'name: value'");
  }

  private void refuseTwice(List<NodeTuple> entries) {
    Set<String> names = new HashSet<>();
    for (NodeTuple entry : entries) {
      if (!names.add(key(entry))) {
        throw wrong(entry.getKeyNode(), "'%s' is said twice".formatted(key(entry)));
      }
    }
  }

  private String key(NodeTuple entry) {
    return scalar(entry.getKeyNode(), "A name");
  }

  private String scalar(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw wrong(node, what + " has one value");
  }

  private PolicyException wrong(Node node, String sentence) {
    return new PolicyException(place(node), sentence);
  }

  private String place(Node node) {
    return "%s, line %d".formatted(name, node.getStartMark().getLine() + 1);
  }
}
