// How the syncs of each source are spoken of, where they are, and where their figures stand.

/** path: where syncs are started, their logs at …-logs; figures: of a sync's log; kinds: of which a person may start one; filters: the kinds that there are. */
export const SOURCES = {
    jira: {
        source: "jira", path: "jira-sync", name: "Jira", thing: "ticket", Things: "Tickets",
        first: "Connect the project with Jira, then start one.",
        kinds: [
            ["incremental", "Incremental", "What has changed since the last sync."],
            ["full", "Full", "Everything; finds deleted and moved tickets as well."],
            ["manual", "By query", "The tickets that a JQL finds."],
        ],
        filters: ["full", "incremental", "scheduled", "manual", "replay", "webhook"],
        figures: sync => ({
            processed: sync.ticketsProcessed ?? 0, created: sync.ticketsCreated ?? 0, updated: sync.ticketsUpdated ?? 0,
            unchanged: sync.ticketsUnchanged ?? 0, deleted: sync.ticketsDeleted ?? 0, invalid: sync.ticketsInvalid ?? 0,
        }),
    },
    github: {
        source: "github", path: "github-sync", name: "GitHub", thing: "item", Things: "Items",
        first: "Connect the project with a repository, then start one.",
        kinds: [
            ["incremental", "Incremental", "What has changed since the last sync."],
            ["full", "Full", "Reads everything again."],
        ],
        filters: ["full", "incremental", "scheduled", "manual", "webhook"],
        figures: sync => ({
            processed: sync.processed ?? 0, created: sync.created ?? 0, updated: sync.updated ?? 0,
            unchanged: sync.unchanged ?? 0, deleted: sync.deleted ?? 0, invalid: 0,
            requests: (sync.streams ?? []).reduce((sum, stream) => sum + (stream.requests ?? 0), 0),
        }),
    },
};

/** A source that is files: its syncs are as GitHub's. of: {name, title} */
export const fileSource = ({ name, title }) => ({
    ...SOURCES.github, source: name, path: `sources/${name}/sync`, name: title,
    first: "Connect the project with the source by the API, then start one.",
});
