package dev.headline.rpc.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static dev.headline.rpc.load.LoadGraph.subMany;

import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The articles' own fields over loaders that a test can hold, fail and ask. */
final class Site {

  static final Field<Long, Content> CONTENT = Field.of("Content_Info");
  static final Field<Long, Comments> COMMENTS = Field.of("Content.Comment_Info");
  static final Field<Long, String> AUTHOR = Field.of("Content.User_Info");
  static final Field<Long, String> COMMENTER = Field.of("Content.Comment.User_Info");

  static final List<String> ALL =
      List.of(
          "Content_Info", "Content.Comment_Info", "Content.User_Info", "Content.Comment.User_Info");

  record Content(long id, long author) {}

  record Comments(long content, List<Long> authors) {}

  final FakeLoader<Long, Content> contents = new FakeLoader<>(id -> new Content(id, id % 10));
  final FakeLoader<Long, Comments> comments =
      new FakeLoader<>(id -> new Comments(id, List.of(id + 100, 7L)));
  final FakeLoader<Long, String> authors = new FakeLoader<>(id -> "author " + id);
  final FakeLoader<Long, String> commenters = new FakeLoader<>(id -> "commenter " + id);

  /** The graph of the design, with at most {@code maxBatch} keys in each call. */
  LoadGraph<Long> graph(int maxBatch) {
    return LoadGraph.of(
        basic(CONTENT, contents).inBatchesOf(maxBatch),
        basic(COMMENTS, comments).inBatchesOf(maxBatch),
        sub(AUTHOR, CONTENT, Content::author, authors).inBatchesOf(maxBatch),
        subMany(COMMENTER, COMMENTS, Comments::authors, commenters).inBatchesOf(maxBatch));
  }

  Loaded load(Set<Long> keys, String... fields) {
    return run(graph(FieldLoader.DEFAULT_BATCH), keys, fields);
  }

  static Loaded run(LoadGraph<Long> graph, Set<Long> keys, String... fields) {
    return new LoadRunner().run(graph.plan(List.of(fields)), keys);
  }

  /** Runs it under a deadline that no test waits for. */
  static Loaded within(Scope request, LoadGraph<Long> graph, Set<Long> keys) {
    return request.context().call(() -> new LoadRunner().run(graph.plan(ALL), keys));
  }

  static Scope request(Duration budget) {
    return RequestContext.open(Caller.UNKNOWN, budget);
  }
}
