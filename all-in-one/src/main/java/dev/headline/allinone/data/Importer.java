package dev.headline.allinone.data;

import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import dev.headline.allinone.data.Dataset.Remark;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.content.v1.ImportContentsRequest;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.Like;
import dev.headline.user.v1.ImportFollowsRequest;
import dev.headline.user.v1.ImportUsersRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings a data set in through the services' own RPCs. Whatever exists already stays as it is, so a
 * load that broke off can simply be started again.
 */
final class Importer {

  // The most that the contracts allow, but for likes: a transaction of 2,000 leaves others room.
  private static final int PEOPLE = 500;
  private static final int FOLLOWS = 2_000;
  private static final int ARTICLES = 500;
  private static final int LIKES = 2_000;
  private static final int REMARKS = 500;

  private final Services services;
  private final Batches batches;

  Importer(Services services, Batches batches) {
    this.services = services;
    this.batches = batches;
  }

  /** Loads everything, in the order in which the parts refer to each other. */
  Summary load(Dataset data) {
    var people = new Ids(data.people().size());
    var articles = new Ids(data.articles().size());
    var outcomes = new ArrayList<Outcome>();
    outcomes.add(people(data.people(), people));
    outcomes.add(follows(data.follows(), people));
    outcomes.add(articles(data.articles(), people, articles));
    outcomes.add(likes(data.articles(), people, articles));
    outcomes.add(remarks("comments", data, false, people, articles));
    outcomes.add(remarks("replies", data, true, people, articles));
    return new Summary(outcomes.stream().filter(outcome -> outcome.given() > 0).toList());
  }

  private Outcome people(List<Person> people, Ids ids) {
    return batches.send(
        "people",
        IntStream.range(0, people.size()).boxed().toList(),
        PEOPLE,
        batch -> {
          var request = ImportUsersRequest.newBuilder();
          batch.forEach(at -> request.addUsers(Messages.user(people.get(at))));
          var reply = services.users().importUsers(request.build());
          ids.keep(batch, reply.getIdsList());
          return reply.getCreated();
        });
  }

  private Outcome follows(List<Follow> follows, Ids people) {
    List<Follow> known =
        follows.stream()
            .filter(follow -> people.has(follow.follower()) && people.has(follow.followee()))
            .toList();
    return batches
        .send(
            "follows",
            known,
            FOLLOWS,
            batch -> {
              var request = ImportFollowsRequest.newBuilder();
              batch.forEach(follow -> request.addFollows(Messages.follow(follow, people)));
              return services.users().importFollows(request.build()).getCreated();
            })
        .withOrphans(follows.size() - known.size());
  }

  private Outcome articles(List<Article> articles, Ids people, Ids ids) {
    List<Integer> known =
        IntStream.range(0, articles.size())
            .filter(at -> people.has(articles.get(at).author()))
            .boxed()
            .toList();
    return batches
        .send(
            "contents",
            known,
            ARTICLES,
            batch -> {
              var request = ImportContentsRequest.newBuilder();
              batch.forEach(at -> request.addContents(Messages.content(articles.get(at), people)));
              var reply = services.contents().importContents(request.build());
              ids.keep(batch, reply.getIdsList());
              return reply.getCreated();
            })
        .withOrphans(articles.size() - known.size());
  }

  private Outcome likes(List<Article> articles, Ids people, Ids ids) {
    int given = articles.stream().mapToInt(article -> article.likers().size()).sum();
    var likes = new ArrayList<Like>(given);
    for (int at = 0; at < articles.size(); at++) {
      if (ids.has(at)) {
        long content = ids.of(at);
        for (int liker : articles.get(at).likers()) {
          if (people.has(liker)) {
            likes.add(Like.newBuilder().setContentId(content).setUserId(people.of(liker)).build());
          }
        }
      }
    }
    return batches
        .send(
            "likes",
            likes,
            LIKES,
            batch ->
                services
                    .contents()
                    .importLikes(ImportLikesRequest.newBuilder().addAllLikes(batch).build())
                    .getCreated())
        .withOrphans(given - likes.size());
  }

  private Outcome remarks(String stage, Dataset data, boolean replies, Ids people, Ids articles) {
    List<Remark> wanted =
        data.remarks().stream().filter(remark -> remark.isReply() == replies).toList();
    List<Remark> known =
        wanted.stream()
            .filter(remark -> people.has(remark.author()) && articles.has(remark.article()))
            .toList();
    return batches
        .send(
            stage,
            known,
            REMARKS,
            batch -> {
              var request = ImportCommentsRequest.newBuilder();
              batch.forEach(
                  remark -> request.addComments(Messages.comment(remark, people, articles)));
              return services.comments().importComments(request.build()).getCreated();
            })
        .withOrphans(wanted.size() - known.size());
  }
}
