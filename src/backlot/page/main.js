// @ts-check
import './theme.js';
import { App } from './app.js';
import { watchLightbox } from './picture-view.js';

watchLightbox();
new App(/** @type {HTMLElement} */ (document.getElementById('app'))).start();
