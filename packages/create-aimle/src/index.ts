// Making a project

export { createProject, type Project } from './createProject.js';
