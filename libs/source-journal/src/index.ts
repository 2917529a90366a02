export { createJournalSource, type JournalSourceOptions } from './journal-source';
export { createJournalWriter, type JournalWriter, type JournalWriterOptions } from './journal-writer';
