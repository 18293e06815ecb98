import { replaysKeptAnswers } from "./replays-kept-answers.ts";

replaysKeptAnswers(true);
