import { useLive } from "../../live.js";
import { useSoon } from "../../soon.js";

/** Which lists an event of GitHub's may change. */
const EVENTS = {
    commits: ["push", "create", "delete", "commit_comment"],
    pulls: ["push", "pull_request", "pull_request_review", "pull_request_review_comment", "pull_request_review_thread", "check_run", "check_suite", "status"],
    branches: ["push", "create", "delete", "branch_protection_rule", "repository"],
    tags: ["push", "create", "delete"],
    releases: ["release"],
    issues: ["issues", "issue_comment"],
    "workflow-runs": ["workflow_run", "workflow_job"],
    deployments: ["deployment", "deployment_status"],
};

/**
 * Reloads soon after something was told that may have changed what a page shows.
 *
 * @param page  one of the lists; without it, whatever comes from GitHub
 */
export function useTold(reload, page) {
    const soon = useSoon(reload);
    useLive(message => {
        const event = message.type === "github_update" && (!page || EVENTS[page].includes(message.event));
        const sync = message.type.startsWith("sync_") && message.type !== "sync_started" && message.source === "github";
        if (event || sync || message.type === "resync") {
            soon();
        }
    });
}
