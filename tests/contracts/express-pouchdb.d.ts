declare module 'express-pouchdb';
declare module 'express';
