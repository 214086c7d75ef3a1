-- Ids are time-ordered: milliseconds since 1970, then 20 bits of a sequence. Only the primary hands them out, so they
-- are unique as long as it makes fewer than a million in one millisecond.
create sequence id_sequence;

create function next_id() returns bigint language sql volatile
    return (floor(extract(epoch from clock_timestamp()) * 1000)::bigint << 20)
         | (nextval('id_sequence') & 1048575);

create table comment (
    id          bigint      primary key default next_id(),
    -- Where an imported comment came from; null for one that was written here.
    source_key  text        unique check (char_length(source_key) between 1 and 100),
    content_id  bigint      not null check (content_id > 0),
    author_id   bigint      not null check (author_id > 0),
    -- The comment that this one answers; null for a comment of its own.
    parent_id   bigint,
    text        text        not null check (char_length(text) between 1 and 2000),
    created_at  timestamptz not null,
    -- Kept by whoever adds a reply, in the same transaction.
    reply_count integer     not null default 0 check (reply_count >= 0),

    -- One level: to answer a reply would have to count it.
    check (parent_id is null or reply_count = 0),
    -- A reply stands below the same content as its parent.
    unique (id, content_id),
    foreign key (parent_id, content_id) references comment (id, content_id)
);

-- The top comments of a content are the first entries of its part of this index. A new reply moves its parent within
-- the index; that is the price of never sorting all comments of a content to show three.
create index comment_top on comment (content_id, reply_count desc, created_at desc, id desc)
    where parent_id is null;

-- One page of comments is a walk along this index.
create index comment_newest on comment (content_id, created_at desc, id desc)
    where parent_id is null;

-- How many comments a content has, replies included. Kept in the transaction that adds comments, so it is exact, and
-- reading it costs the same for a content with three comments and one with three million; count(*) over an index would
-- be as exact, but its cost grows with the comments, and without a fresh visibility map it reads the table as well.
create table content_comment_count (
    content_id    bigint primary key,
    comment_count bigint not null check (comment_count > 0)
);
