-- Ids are time-ordered: milliseconds since 1970, then 20 bits of a sequence. Only the primary hands them out, so they
-- are unique as long as it makes fewer than a million in one millisecond.
create sequence id_sequence;

create function next_id() returns bigint
    language sql volatile
    return (floor(extract(epoch from clock_timestamp()) * 1000)::bigint << 20) | (nextval('id_sequence') & 1048575);

create table account (
    id           bigint      primary key default next_id(),
    handle       text        not null unique check (handle ~ '^[a-z0-9_-]{1,32}$'),
    display_name text        not null check (char_length(display_name) between 1 and 80),
    created_at   timestamptz not null default now()
);

create table follow (
    follower_id bigint      not null references account,
    followee_id bigint      not null references account,
    created_at  timestamptz not null,
    primary key (follower_id, followee_id),
    check (follower_id <> followee_id)
);

-- "Whom does this user follow, newest first" is answered from this index alone.
create index follow_newest_first on follow (follower_id, created_at desc, followee_id desc);
